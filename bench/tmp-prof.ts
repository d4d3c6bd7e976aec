import { App, Chart } from 'cdk8s';
import { withLibrary, byHand } from './synthesis';
const charts = Number(process.argv[2]); const build = process.argv[3] === 'hand' ? byHand : withLibrary;
for (let round = 0; round < 4; round++) {
  const t0 = performance.now();
  const app = new App({ outdir: '/tmp/syn-out' });
  for (let c = 0; c < charts; c++) { const ch = new Chart(app, `c${c}`); for (let i = 0; i < 1000 / charts; i++) build(ch, i); }
  const t1 = performance.now();
  app.synth();
  console.log(process.argv[3], charts, 'construct', (t1 - t0).toFixed(0), 'synth', (performance.now() - t1).toFixed(0), 'nodes', app.node.findAll().length);
}
