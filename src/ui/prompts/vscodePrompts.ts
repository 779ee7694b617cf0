import * as vscode from 'vscode';
import type { Answer, BusyRequest, Choice, ConfirmRequest, InputRequest, PickManyRequest, PickRequest, Position, Prompts } from './prompts';
import type { ErrorAction } from '../commandError';
import { inertText, withoutIcons } from './inertText';

/** The questions as VS Code asks them. */
export function createVscodePrompts(): Prompts {
  let open: Box | undefined;
  const shown: Shown = (box) => {
    open = box;
    box.onDidHide(() => {
      open = open === box ? undefined : open;
    });
  };
  return {
    pick: (request) => pick(request, shown),
    pickMany: (request) => pickMany(request, shown),
    input: (request) => input(request, shown),
    busy: (request, task) => busy(request, task, shown),
    focus: () => open?.show(),
    confirm,
    tell,
  };
}

/** Told of each box, so that it can be brought to the front again. */
type Shown = (box: Box) => void;

type ChoiceItem<T> = vscode.QuickPickItem & { readonly choice: Choice<T> };

/** A box with these lines in it. */
function listBox<T>({ title, placeholder, choices, position }: Omit<PickManyRequest<T>, 'picked'>): vscode.QuickPick<ChoiceItem<T>> {
  const box = vscode.window.createQuickPick<ChoiceItem<T>>();
  place(box, title, position);
  box.placeholder = placeholder;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.items = choices.map((choice) => ({
    label: withoutIcons(choice.label),
    choice,
    ...(choice.description === undefined ? {} : { description: withoutIcons(choice.description) }),
    ...(choice.detail === undefined ? {} : { detail: withoutIcons(choice.detail) }),
    ...(choice.icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(choice.icon) }),
  }));
  return box;
}

function pickMany<T>(request: PickManyRequest<T>, shown: Shown): Promise<Answer<readonly T[]>> {
  const box = listBox(request);
  box.canSelectMany = true;
  box.selectedItems = box.items.filter(({ choice }) => request.picked(choice.value));
  return asked(box, shown, (answer) => {
    box.onDidAccept(() => {
      if (box.selectedItems.length > 0) {
        answer({ kind: 'value', value: box.selectedItems.map(({ choice }) => choice.value) });
      }
    });
  });
}

function pick<T>(request: PickRequest<T>, shown: Shown): Promise<Answer<T>> {
  const box = listBox(request);
  const active = box.items.find(({ choice }) => request.active?.(choice.value) === true);
  if (active !== undefined) {
    box.activeItems = [active];
  }
  return asked(box, shown, (answer) => {
    box.onDidAccept(() => {
      const [item] = box.activeItems;
      if (item !== undefined) {
        answer({ kind: 'value', value: item.choice.value });
      }
    });
  });
}

function input(request: InputRequest, shown: Shown): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  place(box, request.title, request.position);
  box.password = request.password === true;
  box.value = request.value;
  box.placeholder = request.placeholder ?? '';
  const look = (): boolean => {
    const problem = request.validate?.(box.value);
    box.validationMessage = problem === undefined ? undefined : inertText(problem);
    const meaning = problem === undefined ? request.explain?.(box.value) : undefined;
    box.prompt = inertText(meaning ?? request.prompt);
    return problem === undefined;
  };
  // No reproach before anything was typed.
  if (box.value === '') {
    box.prompt = inertText(request.prompt);
  } else {
    look();
  }
  return asked(box, shown, (answer) => {
    box.onDidChangeValue(look);
    box.onDidAccept(() => {
      if (look()) {
        answer({ kind: 'value', value: box.value });
      }
    });
  });
}

async function busy<T>(request: BusyRequest, task: (signal: AbortSignal) => Promise<T>, shown: Shown): Promise<Answer<T>> {
  const box = vscode.window.createQuickPick();
  place(box, request.title, request.position);
  box.placeholder = request.placeholder;
  box.busy = true;
  const stop = new AbortController();
  const left = asked<T>(box, shown, () => undefined).then((answer) => {
    stop.abort();
    return answer;
  });
  try {
    const done = task(stop.signal).then((value): Answer<T> => ({ kind: 'value', value }));
    return await Promise.race([done, left]);
  } finally {
    box.dispose();
  }
}

async function confirm({ message, detail, accept }: ConfirmRequest): Promise<boolean> {
  return (await vscode.window.showWarningMessage(inertText(message), { modal: true, detail: inertText(detail) }, accept)) === accept;
}

async function tell(level: 'info' | 'warning' | 'error', message: string, actions: readonly ErrorAction[]): Promise<ErrorAction | undefined> {
  const show = {
    info: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[level] as (text: string, ...labels: string[]) => Thenable<string | undefined>;
  const chosen = await show(inertText(message), ...actions.map(({ label }) => label));
  return actions.find(({ label }) => label === chosen);
}

type Box = vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[]; onDidTriggerButton: vscode.Event<vscode.QuickInputButton> };

function place(box: Box, title: string, position: Position | undefined): void {
  box.title = title;
  box.ignoreFocusOut = true;
  if (position !== undefined) {
    box.step = position.step;
    box.totalSteps = position.total;
    box.buttons = position.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  }
}

/** Shows the box and resolves with the first of: an answer, the back button, its closing. */
function asked<T>(box: Box, shown: Shown, listen: (answer: (given: Answer<T>) => void) => void): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const answer = (given: Answer<T>): void => {
      resolve(given);
      box.dispose();
    };
    shown(box);
    listen(answer);
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) {
        answer({ kind: 'back' });
      }
    });
    box.onDidHide(() => answer({ kind: 'cancelled' }));
    box.show();
  });
}
