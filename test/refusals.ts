/** What somebody writes, the program that does, and the whole of what they read. */
type Refusal = [written: string, program: () => unknown, message: string];

/** Tests that a class refuses what is written wrong, in exactly these words. */
export function testRefusals(className: string, refusals: Refusal[]): void {
  test.each(refusals)(`${className} refuses %s`, (_, program, message) => {
    expect(program).toThrow(new Error(message));
  });
}

/** Tests that a class takes what is just not wrong. */
export function testAcceptance(className: string, accepted: [string, () => unknown][]): void {
  test.each(accepted)(`${className} takes %s`, (_, program) => {
    expect(program).not.toThrow();
  });
}

/** What whoever creates a step or a directory outside a workload reads of its scope. */
export const NO_WORKLOAD = "'scope' must be a workload (a Pod, Deployment, StatefulSet, DaemonSet, "
  + 'Job or CronJob of cdk8s-plus, or an ApiObject with a pod template) or a construct below one';
