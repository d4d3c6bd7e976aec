import { ApiObject, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { chartIn, serviceOf } from './app';
import { Endpoint, StartupGraph, WaitForService } from '../../src';
import { cycles, startOrder, type Need } from '../../src/private/startup/order';

/**
 * What is up after each round in which everything starts that has all that it needs: the definition, as
 * slow as it is plain.
 */
function rounds(needs: Need[][]): number[][] {
  const started: number[][] = [];
  for (let up: number[] = []; ; up = started.flat()) {
    const canStart = (workload: number) => needs[workload].every(need => need.some(each => up.includes(each)));
    const next = [...needs.keys()].filter(workload => !up.includes(workload) && canStart(workload));
    if (next.length === 0) return started;
    started.push(next);
  }
}

const apps = fc.integer({ min: 1, max: 9 }).chain(count => {
  const need = fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 3 });
  return fc.array(fc.array(need, { maxLength: 3 }), { minLength: count, maxLength: count });
});

test('the levels of the start order are what starts round by round, and -1 what never does', () => {
  fc.assert(fc.property(apps, needs => {
    const expected = needs.map((_, workload) => rounds(needs).findIndex(round => round.includes(workload)));

    expect(startOrder(needs).level).toEqual(expected);
  }), { numRuns: 3000 });
});

test('in the start order each workload comes behind one that satisfies each of its needs', () => {
  fc.assert(fc.property(apps, needs => {
    const { sequence, level, by } = startOrder(needs);

    expect([...sequence].sort()).toEqual(level.flatMap((height, workload) => (height < 0 ? [] : [workload])));
    sequence.forEach((workload, position) => needs[workload].forEach((need, index) => {
      expect(need).toContain(by[workload][index]);
      expect(sequence.indexOf(by[workload][index])).toBeLessThan(position);
    }));
  }), { numRuns: 3000 });
});

test('waits have a cycle if and only if something never starts, and nobody in a cycle can leave it', () => {
  fc.assert(fc.property(apps, needs => {
    const order = startOrder(needs);
    const found = cycles(needs, order);

    expect(found.length > 0).toBe(order.level.includes(-1));
    found.forEach(cycle => cycle.forEach(({ workload, need }, index) => {
      const next = cycle[(index + 1) % cycle.length].workload;
      expect(needs[workload][need]).toContain(next);
      expect(needs[workload][need].map(each => order.level[each])).toEqual(needs[workload][need].map(() => -1));
      expect(workload).toBeGreaterThanOrEqual(cycle[0].workload);
    }));
    const members = found.flatMap(cycle => cycle.map(({ workload }) => workload));
    expect(new Set(members).size).toBe(members.length);
  }), { numRuns: 3000 });
});

test('a workload that waits for itself is a circle of one, whatever else it waits for', () => {
  const needs = [[[1], [0]], [[0]]];

  expect(cycles(needs, startOrder(needs))).toEqual([[{ workload: 0, need: 1 }]]);
});

test('an app of random waits is refused if and only if something of it never starts', () => {
  fc.assert(fc.property(apps, needs => {
    const chart = chartIn();
    const pods = needs.map((own, workload) => {
      const labels = Object.fromEntries(needs.flatMap((others, other) => others
        .flatMap((need, index) => (need.includes(workload) ? [[`s${other}-${index}`, 'yes']] : []))));
      own.forEach((_, index) => new ApiObject(chart, `s${workload}-${index}`, serviceOf(`s${workload}-${index}`, {
        selector: { [`s${workload}-${index}`]: 'yes' }, ports: [{ port: 80 }],
      })));
      return new kplus.Pod(chart, `w${workload}`, {
        containers: [{ image: 'x' }],
        metadata: { labels },
      });
    });
    needs.forEach((own, workload) => own.forEach((_, index) => new WaitForService(pods[workload], `wait-${index}`, {
      endpoints: [Endpoint.tcp(`s${workload}-${index}`, 80)],
    })));
    const neverStarts = rounds(needs).flat().length < needs.length;

    expect(StartupGraph.of(chart).findings().some(({ severity }) => severity === 'error')).toBe(neverStarts);
    if (neverStarts) expect(() => Testing.synth(chart)).toThrow(/circle|its own pods/);
    else Testing.synth(chart);
  }), { numRuns: 30 });
});

test('a chain of 100000 waits is followed without running out of stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => (index === 0 ? [] : [[index - 1]]));
  const cycle = chain.map((_, index) => [[(index + 1) % chain.length]]);

  expect(startOrder(chain).level[99_999]).toBe(99_999);
  expect(cycles(cycle, startOrder(cycle)).map(each => each.length)).toEqual([100_000]);
});
