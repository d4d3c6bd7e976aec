/** The worker that draws pictures, with Graphviz in WebAssembly. */
import { instance } from '@viz-js/viz';

const FONT = { fontname: 'Helvetica', fontsize: 12 };

addEventListener('message', ({ data: dot }: MessageEvent<string>) => {
  void instance()
    .then(viz =>
      viz.renderString(dot, {
        format: 'svg',
        graphAttributes: { ...FONT, bgcolor: 'transparent' },
        nodeAttributes: FONT,
        edgeAttributes: FONT,
      }),
    )
    .then(svg => postMessage({ svg }), (error: Error) => postMessage({ problem: error.message }));
});
postMessage('ready');
