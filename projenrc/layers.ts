import type { cdk8s } from 'projen';

/** The wings of private/, each of which imports only itself and those behind it. */
const WINGS = ['startup', 'step', 'pod', 'values'];

const WINGS_RULE = `The wings are ${WINGS.join(' → ')}; imports go to the right only.`;

/** What knows nothing of the two kinds of pod: all but workload-pod.ts. */
const BEHIND_WORKLOAD_POD = [
  './src/!(private)/**', './src/*.ts', './src/private/!(pod)/**', './src/private/pod/!(workload-pod).ts',
];

/**
 * Lint enforces what the folders say: cli → index → steps → (init-step and the words) → startup → step → pod →
 * values, without cycles.
 */
export function layerRules(project: cdk8s.ConstructLibraryCdk8s): void {
  project.eslint!.addRules({
    'import/no-cycle': 'error',
    'import/no-restricted-paths': ['error', {
      zones: [
        {
          target: './src/private',
          from: './src',
          except: ['./private'],
          message: 'private/ imports nothing from the layers above it.',
        },
        { target: './src/!(index).ts', from: './src/steps', message: 'The words know no step.' },
        {
          target: './src/steps',
          from: './src/private',
          except: ['./values'],
          message: 'Our steps have no doors that those of others do not have.',
        },
        { target: './src/!(index).ts', from: './src/index.ts', message: 'Only users import the index.' },
        { target: './src/steps', from: './src/index.ts', message: 'Only users import the index.' },
        { target: './src/!(cli)/**', from: './src/cli', message: 'The library knows no command line.' },
        { target: './src/*.ts', from: './src/cli', message: 'The library knows no command line.' },
        ...WINGS.map((wing, index) => ({
          target: `./src/private/${wing}`,
          from: './src/private',
          except: WINGS.slice(index).map(each => `./${each}`),
          message: WINGS_RULE,
        })),
        ...BEHIND_WORKLOAD_POD.map(target => ({
          target,
          from: './src/private/pod/@(json|plus)-pod.ts',
          message: 'Nothing but workload-pod.ts knows which kind of pod it has.',
        })),
      ],
    }],
  });
}
