import { synthesis } from './synthesis';
void synthesis().then(t => console.log(t.rows.map(r => r.join(' | ')).join('\n')));
