import { isIP } from 'net';

/** What the names of Services, and of hosts that are near, end in. */
const NEAR = /\.(svc|svc\..*|cluster\.local|local|localhost|internal|intranet|lan|test)$/;

/** What public names of two parts end in, which may be a Service and its namespace, too. */
const PUBLIC = /\.(com|org|net|io|dev|app|cloud|ai|co|eu|de|fr|uk|us|ch|nl)$/;

/** Whether a request of plain http goes to a host that is hardly one of the cluster. */
export function leavesCluster(url: string): boolean {
  const [, host = ''] = /^http:\/\/([-a-z0-9.]+)(?=[:/?]|$)/i.exec(url) ?? [];
  const name = host.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.').length;
  if (labels < 2 || isIP(name) !== 0 || NEAR.test(name)) return false;
  return labels > 2 || PUBLIC.test(name);
}
