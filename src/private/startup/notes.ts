import { bracesInValues } from './braces';
import type { StartupFinding } from './finding';
import { plainPorts } from './plain-ports';
import type { Plan } from './plan';
import { undeclaredBySidecars, undeclaredPort } from './pod-ports';
import { unreadFiles } from './unread-files';
import { inTime } from './wording';
import type { Workload } from './workloads';

/** What is worth knowing, and neither wrong nor doubtful. */
export function notesOf(plan: Plan, workloads: readonly Workload[]): StartupFinding[] {
  return [
    ...startsLast(plan, workloads),
    ...plainPorts(plan, workloads),
    ...workloads.flatMap(({ index }) => plan.endpoints[index].flatMap(edge => undeclaredPort(plan, edge))),
    ...workloads.flatMap(({ index }) => plan.endpoints[index].flatMap(undeclaredBySidecars)),
    ...workloads.flatMap(unreadFiles),
    ...workloads.flatMap(bracesInValues),
  ];
}

/** The workload that starts last, and what it waits for one after the other. */
function startsLast(plan: Plan, workloads: readonly Workload[]): StartupFinding[] {
  const latestFirst = (one: Workload, other: Workload) =>
    plan.worstCaseOf(other)!.seconds - plan.worstCaseOf(one)!.seconds
    || plan.levelOf(other) - plan.levelOf(one);
  const [from] = workloads.filter(each => plan.worstCaseOf(each)?.latest).sort(latestFirst);
  if (!from) return [];
  const chain: string[] = [];
  for (let each: Workload | undefined = from; each; each = plan.worstCaseOf(each)!.latest) {
    chain.push(each.path);
  }
  const { seconds, isOpen } = plan.worstCaseOf(from)!;
  const more = isOpen ? ' and what steps without a timeout take' : '';
  return [
    {
      from,
      message: `starts last: ${chain.join(' -> ')}, at worst after ${inTime(seconds)}${more}`,
      remedy:
        'if that is too long, shorten the timeouts, or let apps that can connect later start without waiting',
    },
  ];
}
