import type { Answer, CallOptions, Client, Json } from './client';
import { normalised } from './normalised';

/** What one server showed: each request with what was answered, in order, freed of what differs from run to run. */
export type Observation = readonly Observed[];

export interface Observed {
  readonly request: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly warnings?: readonly string[];
  readonly body?: unknown;
  readonly events?: unknown;
}

export interface Scenario {
  readonly name: string;
  run(client: Client): Promise<Observation>;
}

/** A client whose answers are kept. */
export interface Observer extends Client {
  /** As `call`, and forgotten: for what only prepares. */
  quietly(method: string, path: string, options?: CallOptions): Promise<Answer>;
  readonly namespace: string;
  /** Keeps something drawn from an answer. */
  show(what: string, value: unknown): void;
}

let counter = 0;

/** A scenario in a namespace of its own. */
export function scenario(name: string, play: (api: Observer) => Promise<void>): Scenario {
  return {
    name,
    async run(client) {
      const observed: Observed[] = [];
      counter += 1;
      const namespace = `scenario-${process.pid}-${counter}`;
      await client.call('POST', '/api/v1/namespaces', { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } });
      const clean = (value: unknown): unknown => normalised(value, namespace);
      await play({
        namespace,
        quietly: (method, path, options) => client.call(method, path, options),
        async call(method, path, options) {
          const answer = await client.call(method, path, options);
          observed.push(clean({ request: `${method} ${path}`, ...shownAnswer(answer) }) as Observed);
          return answer;
        },
        show(what, value) {
          observed.push(clean({ request: what, body: value }) as Observed);
        },
        async watch(path, events, options) {
          const seen = await client.watch(path, events, options);
          observed.push(clean({ request: `WATCH ${path}`, events: seen }) as Observed);
          return seen;
        },
      });
      return observed;
    },
  };
}

function shownAnswer({ status, headers, text, json }: Answer): object {
  const { 'content-type': contentType, warning } = headers;
  const warnings = warning === undefined ? [] : (Array.isArray(warning) ? warning : [warning]).map(String);
  const isJson = Object.keys(json).length > 0;
  return { status, contentType, ...(warnings.length > 0 && { warnings }), body: isJson ? json : text };
}

export type { Json };
