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

/** Constructs by a key, such as their qualified name. */
export class NearestByKey<T extends IConstruct> {
  private readonly all = new Map<string, Nearest<T>>();

  public add(key: string, construct: T): void {
    if (!this.all.has(key)) this.all.set(key, new Nearest());
    this.all.get(key)!.add(construct);
  }

  /** Those of a key that count for one that asks; there may be none. */
  public to(key: string, from: IConstruct): readonly T[] {
    return this.all.get(key)?.to(from) ?? [];
  }

  public has(key: string): boolean {
    return this.all.has(key);
  }
}
