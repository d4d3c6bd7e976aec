import type { App } from 'cdk8s';
import { WaitForCondition, WaitForService } from '../../../src';
import { graphOf } from '../../../src/cli/graph/graph';
import { manifestsOf } from '../../../src/cli/manifests/manifest';
import { podsOf } from '../../../src/cli/manifests/pods';
import { isUnwritten } from '../../../src/private/startup/carriers';
import { Plan } from '../../../src/private/startup/plan';
import { StartupGraph, type StartupEdge } from '../../../src/startup-graph';
import { exampleNames } from '../../examples';
import { goldenYaml } from '../../golden';
import { exampleApps } from '../../startup/examples';

const apps = exampleApps();

/** The paths of the workloads of a program, and those that they have in its YAML; fragments are not written there. */
function pathsIn(app: App): Map<string, string> {
  const written = new Plan(app).workloads.filter(each => !isUnwritten(each));
  return new Map(written.map(({ path, pod: { specPath }, object }) => {
    const { kind, name, metadata: { namespace } } = object;
    const below = specPath?.slice(1).replace(/\//g, '.');
    return [path, [namespace, kind, name, below].filter(part => part !== undefined).join('/')];
  }));
}

/** Whether a step of ours waits there: what the user's own program waits for, no YAML says. */
function isOfOurWaits(app: App, { workload, step }: StartupEdge): boolean {
  return app.node.findAll().some(each =>
    (each instanceof WaitForService || each instanceof WaitForCondition)
    && each.node.id === step && each.workload.node.path === workload);
}

/** All that a graph says, sorted, because a chart does not write its objects in the order of the tree. */
function saidBy(graph: StartupGraph, pathOf: (path: string) => string | undefined, counts = (_: StartupEdge) => true) {
  const edges = graph.edges().filter(counts).map(edge => ({
    ...edge,
    workload: pathOf(edge.workload),
    answeredBy: edge.answeredBy.map(pathOf),
    timeout: edge.timeout?.toSeconds(),
  }));
  const order = graph.order().map(position => ({
    ...position,
    workload: pathOf(position.workload),
    worstCase: position.worstCase?.toSeconds(),
  }));
  const isWritten = ({ workload }: { workload?: string }) => workload !== undefined;
  const byWorkload = (one: { workload?: string }, other: { workload?: string }) =>
    one.workload!.localeCompare(other.workload!);
  return { edges: edges.filter(isWritten).sort(byWorkload), order: order.filter(isWritten).sort(byWorkload) };
}

test.each(exampleNames)('the YAML of %s has the graph of the program that made it', name => {
  const app = apps.get(name)!;
  const paths = pathsIn(app);
  const { graph } = graphOf(podsOf(manifestsOf(`${name}.yaml`, goldenYaml(name))));

  expect(saidBy(graph, path => path)).toEqual(
    saidBy(StartupGraph.of(app), path => paths.get(path), edge => isOfOurWaits(app, edge)),
  );
});
