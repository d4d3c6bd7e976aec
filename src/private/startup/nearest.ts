import type { IConstruct } from 'constructs';
import { addTo } from './group';

/** Constructs of one name, of which those count that share the most scopes with the one that asks. */
export class Nearest<T extends IConstruct> {
  private readonly all: T[] = [];
  private below?: Map<IConstruct, T[]>;

  public add(construct: T): void {
    this.all.push(construct);
  }

  public to(from: IConstruct): readonly T[] {
    if (this.all.length < 2) return this.all;
    this.below ??= this.byScope();
    for (let scope: IConstruct | undefined = from; scope; scope = scope.node.scope) {
      const found = this.below.get(scope);
      if (found) return found;
    }
    return this.all;
  }

  private byScope(): Map<IConstruct, T[]> {
    const below = new Map<IConstruct, T[]>();
    for (const construct of this.all) {
      for (const scope of construct.node.scopes) addTo(below, scope, construct);
    }
    return below;
  }
}
