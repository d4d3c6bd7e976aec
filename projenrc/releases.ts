import type { cdk8s } from 'projen';

const BILL = 'dist/sbom.cdx.json';

/** The version and the notes of a release come from CHANGELOG.md, and its bill of materials is published with them. */
export function releases(project: cdk8s.ConstructLibraryCdk8s): void {
  project.tasks.tryFind('bump')!.exec('tsx projenrc/changelog.ts notes > dist/changelog.md', {
    name: 'say what CHANGELOG.md says of the release',
  });
  project.packageTask.exec(`tsx projenrc/sbom.ts ${BILL}`, { name: 'write the bill of materials' });

  // Else people who write Python read TypeScript in the examples of doc comments and of the README.
  for (const language of ['python', 'java', 'go', 'dotnet']) {
    project.tasks.tryFind(`package:${language}`)!
      .reset(`jsii-pacmak -v --target ${language} --rosetta-unknown-snippets translate`);
  }

  const workflow = project.tryFindObjectFile('.github/workflows/release.yml')!;
  workflow.addOverride('jobs.release_github.steps.4', {
    name: 'Attach the bill of materials',
    if: '${{ !inputs.dry_run }}',
    env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
    run: `gh release upload "$(cat dist/releasetag.txt)" ${BILL} -R "$GITHUB_REPOSITORY" --clobber`,
  });
  // The release tool knows where npm is; no registry's address belongs into this repository.
  workflow.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');
}
