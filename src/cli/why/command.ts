import { setTimeout as pause } from 'timers/promises';
import { Argument, Command, Option } from 'commander';
import { connect, type Connection, type ConnectionOptions } from './connection';
import type { Scope } from './diagnose';
import type { Diagnosis } from './diagnosis';
import { draw } from './draw';
import { investigate } from './investigate';
import { ExitCode, WrongUse, type Terminal } from '../terminal';

/** Between two drawings, in milliseconds. */
const REDRAW = 2000;

/** What the terminal makes of it: the cursor goes up, and what was there goes away. */
const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

interface Options extends ConnectionOptions {
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly watch?: boolean;
  readonly format: 'text' | 'json';
}

/** `why`: says of a cluster why its pods have not started. */
export function whyCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const inNamespace = new Option(
    '-n, --namespace <namespace>',
    'the namespace; otherwise that of the context',
  );
  return new Command('why')
    .description(
      'Say why pods do not start: from who waits, and for whom, down to what is ill. Changes nothing.',
    )
    .addArgument(new Argument('[pod]', 'the name of a pod or of a workload; otherwise all'))
    .addOption(inNamespace.conflicts('allNamespaces'))
    .option('-A, --all-namespaces', 'all namespaces')
    .option('-w, --watch', 'draw it again every two seconds, until all has started')
    .addOption(
      new Option('--format <format>', 'how it is printed')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--context <context>', 'the context of the kubeconfig')
    .option('--kubeconfig <file>', 'the kubeconfig; otherwise that of kubectl')
    .addHelpText(
      'after',
      '\nExit codes: 0 all has started, 1 something has not, 2 the cluster cannot be read.',
    )
    .action(async (asked: string | undefined, options: Options) => {
      const connection = await connect(options);
      const namespace = options.allNamespaces
        ? undefined
        : (options.namespace ?? connection.namespace);
      const scope = { ...askedFor(asked), namespace };
      const diagnosis = await new Why(terminal, connection, scope, options).run();
      end(diagnosis.tree.length === 0 ? ExitCode.NOTHING_FOUND : ExitCode.FOUND);
    });
}

/** What kubectl calls the kinds, too. */
const SHORT: { readonly [short: string]: string } = {
  po: 'pod',
  deploy: 'deployment',
  sts: 'statefulset',
  ds: 'daemonset',
  rs: 'replicaset',
};

/** Reads `web`, `deployment/web`, `deploy/web`, and what kubectl prints: `deployment.apps/web`. */
function askedFor(asked: string | undefined): Pick<Scope, 'name' | 'kind'> {
  const [, type, name] = /^([^/.]+)[^/]*\/(.*)$/.exec(asked ?? '') ?? [];
  if (type === undefined) return { name: asked };
  const kind = type.toLowerCase();
  return { name, kind: SHORT[kind] ?? kind.replace(/s$/, '') };
}

class Why {
  public constructor(
    private readonly terminal: Terminal,
    private readonly connection: Connection,
    private readonly scope: Scope,
    private readonly options: Options,
  ) {}

  public async run(): Promise<Diagnosis> {
    let diagnosis = await investigate(this.connection, this.scope);
    let shown = this.show(diagnosis);
    while (this.options.watch && diagnosis.tree.length > 0) {
      await pause(REDRAW);
      diagnosis = (await this.again()) ?? diagnosis;
      shown = this.show(diagnosis, shown);
    }
    return diagnosis;
  }

  /** A cluster that was read once may be away for a while. */
  private async again(): Promise<Diagnosis | undefined> {
    try {
      return await investigate(this.connection, this.scope);
    } catch (error) {
      if (!(error instanceof WrongUse)) throw error;
      this.terminal.complain(`${error.message}\n`);
      return undefined;
    }
  }

  /** Draws a diagnosis again; where nothing can be drawn again, only one that is another than before. */
  private show(diagnosis: Diagnosis, before?: string): string {
    const content = JSON.stringify(diagnosis);
    const { watch, format } = this.options;
    const redraws = watch && format === 'text' && process.stdout.isTTY;
    if (redraws) this.terminal.print(`${CLEAR}${this.textOf(diagnosis)}`);
    else if (content !== before) this.terminal.print(this.textOf(diagnosis));
    return content;
  }

  private textOf(diagnosis: Diagnosis): string {
    const { colors } = this.terminal;
    if (this.options.format === 'json') return `${JSON.stringify(diagnosis, null, 2)}\n`;
    return draw(diagnosis, {
      colors,
      now: Date.now(),
      withNamespaces: this.scope.namespace === undefined,
    });
  }
}
