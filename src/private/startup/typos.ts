import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import type { Plan } from './plan';
import { pathOf, unlessOthersAnswer, waitInWords } from './wording';

/** A wait that leads to no pod of the app, where a label or a name looks mistyped. */
export function typosIn(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  if (edge.backends.length > 0 || edge.target.answeredByOthers) return [];
  return edge.service ? mistypedLabel(plan, edge) : mistypedName(plan, edge);
}

function mistypedLabel(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  const { from, service } = edge;
  const typo = plan.answers.typoIn(service!, from);
  if (!typo) return [];
  const { owner, wrong, right } = typo;
  return [
    {
      from,
      message:
        `${waitInWords(edge)}, but Service ${pathOf(service!)} selects no pod of this app: `
        + `no pod has the label ${wrong.join('=')}. Did you mean ${right.join('=')}, which ${owner.path} has?`,
      remedy: `correct the selector of the Service or the labels of the pods, ${unlessOthersAnswer(edge)}`,
    },
  ];
}

function mistypedName(plan: Plan, edge: EndpointEdge): StartupFinding[] {
  const { from, target, wait } = edge;
  const meant = target.construct ? undefined : plan.answers.nearlyNamed(target, from, wait);
  if (!meant) return [];
  return [{
    from,
    message:
      `${waitInWords(edge)}, but no Service of this app is called ${target.host}. `
      + `Did you mean ${meant.host}, which is Service ${pathOf(meant)}?`,
    remedy: `correct the name, or give the Service itself to Endpoint.service, ${unlessOthersAnswer(edge)}`,
  }];
}
