/**
 * Says in `cdk8s synth` what is wrong with the init containers that were written by hand: what
 * `npx cdk8s-init-containers check` and `graph` find in the synthesized manifests.
 *
 * What the synthesis itself has refused or printed about steps of this library is not said again. Errors are
 * violations, which fail the command, with their construct paths; warnings are logged.
 *
 * In cdk8s.yaml, with the version that is installed:
 *
 * ```yml
 * validations:
 *   - package: ./node_modules/cdk8s-init-containers
 *     version: 0.0.0
 *     class: InitContainersValidation
 * ```
 */
export class InitContainersValidation {
  /**
   * Called by cdk8s-cli.
   *
   * @param context what it gives to each validation: the manifests, a logger and a report
   */
  public async validate(context: any): Promise<void> {
    // The command line is loaded here, and not by programs, which have no use for its parsers.
    // eslint-disable-next-line @typescript-eslint/no-require-imports, import/no-restricted-paths
    await require('./cli/main').validate(context);
  }
}
