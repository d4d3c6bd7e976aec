import { YamlFile, type cdk8s } from 'projen';

const FOLDER = '.github/ISSUE_TEMPLATE';
const REPOSITORY = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';

interface Question {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  /** The language of what is pasted, which is shown as it is. */
  readonly render?: string;
  readonly isOptional?: boolean;
}

function asked({ id, label, description, placeholder, render, isOptional }: Question): object {
  return {
    type: 'textarea',
    id,
    attributes: { label, description, placeholder, render },
    validations: { required: !isOptional },
  };
}

/** What people are asked for, so that an issue can be answered without asking back. */
export function issueForms(project: cdk8s.ConstructLibraryCdk8s): void {
  const file = (name: string, obj: object) => new YamlFile(project, `${FOLDER}/${name}.yml`, { obj });
  file('bug', {
    name: 'Something is wrong',
    description: 'A step, a finding, a page of the documentation that is not as it should be',
    labels: ['bug'],
    body: [
      { id: 'what', label: 'What happens, and what should?' },
      {
        id: 'program',
        label: 'The program',
        description: 'As few lines as show it. Leave out passwords, and names that are nobody else\'s business.',
        render: 'typescript',
      },
      {
        id: 'why',
        label: 'What the cluster says',
        description: 'If a pod does not start: `npx cdk8s-init-containers why -n NAMESPACE`, and the log of the step '
          + '(`kubectl logs POD -c STEP`). It holds no Secrets of ours, but look through it.',
        render: 'text',
        isOptional: true,
      },
      {
        id: 'check',
        label: 'What check says',
        description: 'If it is about `check`: the manifest, and what is printed for it.',
        render: 'text',
        isOptional: true,
      },
      {
        id: 'versions',
        label: 'Versions',
        placeholder: 'cdk8s-init-containers 0.1.0, cdk8s 2.70.0, cdk8s-plus-28 2.5.6, TypeScript, Kubernetes 1.34',
      },
    ].map(asked),
  });
  file('feature', {
    name: 'Something is missing',
    description: 'What you would like to write, and cannot',
    labels: ['enhancement'],
    body: [
      { id: 'goal', label: 'What has to be there before your app starts?', description: 'The situation comes first.' },
      { id: 'today', label: 'What do you do today?', description: 'A script, or YAML.', isOptional: true },
      { id: 'wish', label: 'The lines that you would like to write', render: 'typescript', isOptional: true },
    ].map(asked),
  });
  file('config', {
    blank_issues_enabled: true,
    contact_links: [
      { name: 'A question', url: `${REPOSITORY}/discussions`, about: 'How something is done, and whether it can be' },
      { name: 'A vulnerability', url: `${REPOSITORY}/security/advisories/new`, about: 'In private, please' },
      { name: 'A pod does not start', url: `${REPOSITORY}/blob/main/docs/debugging.md`, about: 'What messages mean' },
    ],
  });
  project.github!.addPullRequestTemplate(
    '<!-- Why, in a sentence or two. What it does, the diff shows. -->',
    '',
    '- [ ] `npm test` passes, and each new test was seen to fail',
    '- [ ] what changes for users stands in CHANGELOG.md; what restarts their pods, under "In your pods"',
  );
}
