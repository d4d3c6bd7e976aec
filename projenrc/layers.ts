import type { cdk8s } from 'projen';

/** Lint enforces what the folders say: index → steps → (init-step and the words) → private, no cycles, and one interface to every pod. */
export function layerRules(project: cdk8s.ConstructLibraryCdk8s): void {
  project.eslint!.addRules({
    'import/no-cycle': 'error',
    'import/no-restricted-paths': ['error', {
      zones: [
        { target: './src/private', from: './src', except: ['./private'], message: 'private/ imports nothing from the layers above it.' },
        { target: './src/!(index).ts', from: './src/steps', message: 'The words know no step.' },
        { target: './src/!(index).ts', from: './src/index.ts', message: 'Only users import the index.' },
        { target: './src/steps', from: './src/index.ts', message: 'Only users import the index.' },
        { target: './src/private/*.ts', from: './src/private/startup', message: 'The start-up graph looks at what the rest has written down.' },
        ...['./src/!(private)/**', './src/*.ts', './src/private/!(pod).ts', './src/private/startup/*.ts'].map(target => ({
          target, from: './src/private/@(json|plus)-pod.ts', message: 'Nothing but pod.ts knows which kind of pod it has.',
        })),
      ],
    }],
  });
}
