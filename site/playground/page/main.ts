/** The playground: manifests to check, and programs to run. */
import { MANIFESTS } from 'examples:manifests';
import { PROGRAMS } from 'examples:programs';
import { unpacked } from './link';
import { Panel, type PanelOptions } from './panel';
import { Tabs } from './tabs';

const PANELS: readonly (PanelOptions & { readonly title: string })[] = [
  { kind: 'manifests', title: 'Manifests', language: 'yaml', label: 'Manifests in YAML', examples: MANIFESTS },
  { kind: 'program', title: 'Program', language: 'typescript', label: 'Program in TypeScript', examples: PROGRAMS },
];

const panels = new Map(PANELS.map(options => [options.kind as string, new Panel(options)]));

const tabs = new Tabs(PANELS.map(({ kind, title, examples }) => {
  const panel = panels.get(kind)!;
  // Nothing runs before somebody looks at it.
  const onShow = () => panel.begin(Object.values(examples)[0]);
  return { name: kind, title, dom: panel.dom, onShow };
}));

/** Shows what the address holds, or else the first tab. */
async function open(): Promise<void> {
  const [kind, address = ''] = location.hash.slice(1).split('=');
  const text = address && await unpacked(address);
  if (text) panels.get(kind)?.replace(text);
  tabs.show(panels.has(kind) ? kind : PANELS[0].kind);
}

document.getElementById('playground')!.replaceChildren(tabs.list, ...tabs.panels);
addEventListener('hashchange', () => void open());
void open();
