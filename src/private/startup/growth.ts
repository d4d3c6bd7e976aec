import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { childrenByNameOf, patchesOf } from '../pod/cdk8s-internals';

/**
 * Whether an app has got a construct or a JSON patch since.
 *
 * It is asked once per chart. So it keeps the constructs in lists, which is faster than to walk the tree,
 * and most of them have no children, which is faster to see than how many there are.
 */
export class Growth {
  private readonly parents: { construct: IConstruct; children: number }[] = [];
  private readonly leaves: object[] = [];
  private readonly objects: { object: ApiObject; patches: number }[] = [];

  public constructor(root: IConstruct) {
    this.note(root);
  }

  public isNone(): boolean {
    return this.parents.every(({ construct, children }) => construct.node.children.length === children)
      && this.leaves.every(isEmpty)
      && this.objects.every(({ object, patches }) => patchesOf(object).length === patches);
  }

  private note(construct: IConstruct): void {
    const { children } = construct.node;
    if (ApiObject.isApiObject(construct)) {
      this.objects.push({ object: construct, patches: patchesOf(construct).length });
    }
    if (children.length === 0) this.leaves.push(childrenByNameOf(construct));
    else this.parents.push({ construct, children: children.length });
    children.forEach(child => this.note(child));
  }
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}
