import { isDockerBusybox } from './images';
import { eachCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import { hasOption, type ShellCommand } from '../shell/command';

/** https with a certificate that nobody looks at. */
export const certificateNotChecked: Rule = {
  name: 'certificate-not-checked',
  severity: 'warning',
  reason:
    'Whoever is between the pod and the server may answer in its place. wget of the image '
    + 'busybox takes any certificate, and says so nowhere.',
  fires: `
- name: download-config
  image: busybox:1.37
  command: [sh, -c, 'wget -O /config/app.json https://config.example.com/app.json']
`,
  silent: `
- name: download-config
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsS -o /config/app.json https://config.example.com/app.json']
`,
  find: eachCommand((command, container) => {
    const message = whyNotChecked(container, command);
    return message === undefined ? undefined : {
      message,
      remedy:
        'let DownloadConfig fetch it, which checks certificates, '
        + 'and give it caCertificate for an authority of your own',
    };
  }),
};

const ANY = (what: string) => `calls ${what}, which takes any certificate`;

function whyNotChecked({ image }: Container, command: ShellCommand): string | undefined {
  const { name, args } = command;
  if (name === 'curl' && hasOption(command, 'k', '--insecure')) {
    return ANY('curl with --insecure');
  }
  if (name !== 'wget') return undefined;
  if (hasOption(command, '', '--no-check-certificate')) {
    return ANY('wget with --no-check-certificate');
  }
  const isHttps = args.some(({ text }) => /^["']?https:/.test(text));
  return isHttps && isDockerBusybox(image)
    ? "fetches over https with busybox's wget, which takes any certificate"
    : undefined;
}
