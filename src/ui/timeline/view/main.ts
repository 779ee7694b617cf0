import * as l10n from '@vscode/l10n';
import { readPageState, readToPage, type FromPage, type PageState } from '../timelineMessages';
import { Timeline } from './timeline';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: PageState): void; getState(): unknown };

const vscode = acquireVsCodeApi();
const root = document.getElementById('timeline');
let timeline: Timeline | undefined;

window.addEventListener('message', ({ data, origin }: MessageEvent<unknown>) => {
  const message = readToPage(data);
  // Only the frame that made this page speaks to it.
  if (message === undefined || root === null || origin !== window.origin) {
    return;
  }
  if (message.type === 'data' && message.strings !== null) {
    l10n.config({ contents: message.strings });
  }
  timeline ??= new Timeline(root, { send: (each) => vscode.postMessage(each), keep: (state) => vscode.setState(state), kept: readPageState(vscode.getState()) });
  timeline.receive(message);
});
vscode.postMessage({ type: 'ready' });
