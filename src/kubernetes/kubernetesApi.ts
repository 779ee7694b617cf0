import type { Readable } from 'node:stream';
import type { AnyObject, KubeObject } from '../kubeblocks/objects';
import { apiVersionOf, type Resource } from '../kubeblocks/resource';
import type { KubernetesApi, RequestOptions, WriteOptions, Written } from './api';
import { ApiError } from './api';
import { continueAtEnd } from './continueToken';
import { nextTurn } from './eventLoop';
import { isObject, listIn, objectIn, stringIn, type JsonObject } from './jsonReading';
import { linkedController } from './linkedController';
import { queryOf, resourcePath } from './resourcePath';
import { splitLines } from './splitLines';
import { subjectOnly, type RequestSubject } from './statusError';
import type { HttpAnswer, HttpRequest, Transport } from './transport';
import { readWatchEvent, type WatchEvent } from './watchEvent';
import { warningsOf } from './warningHeader';

/** What a list/watch needs of the API. */
export interface ListWatchSource extends Pick<KubernetesApi, 'listPages'> {
  /**
   * Changes after `resourceVersion`, until the server ends the watch. Resolves when the server has agreed. Both it and
   * the iteration reject as the API's calls do; with 410 when the version is too old.
   */
  watch(
    resource: Resource,
    namespace: string | undefined,
    options: { readonly resourceVersion: string; readonly timeoutSeconds: number; readonly signal: AbortSignal },
  ): Promise<AsyncIterable<WatchEvent>>;
}

/** Objects a page: parsed in about 5 ms. */
const PAGE = 250;
const METADATA_ONLY = { headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' } };
const MERGE_PATCH = 'application/merge-patch+json';
/** JSON is YAML. */
const APPLY_PATCH = 'application/apply-patch+yaml';
/** Whose the applied fields are, in `managedFields`. */
const FIELD_MANAGER = 'kubeblocks-backup';

/** A page that was asked for by the token of the one before. */
interface ComingPage {
  readonly token: string;
  readonly request: HttpRequest;
  readonly answer: Promise<HttpAnswer>;
}

/** The API over HTTP. */
export class HttpKubernetesApi implements KubernetesApi, ListWatchSource {
  constructor(private readonly transport: Transport) {}

  async get<T extends KubeObject = AnyObject>(
    resource: Resource,
    name: string,
    namespace?: string,
    options?: RequestOptions,
  ): Promise<T> {
    const subject = subjectOf('get', resource, namespace, name);
    const path = resourcePath(resource, namespace, name);
    return this.json<T>({ ...subject, ...signalOf(options), method: 'GET', path });
  }

  /** The next page is on its way while one is read and worked on. */
  async *listPages<T extends KubeObject = AnyObject>(
    resource: Resource,
    namespace: string | undefined,
    options: RequestOptions & { readonly labelSelector?: string; readonly fieldSelector?: string; readonly limit?: number; readonly metadataOnly?: boolean } = {},
  ): AsyncGenerator<{ readonly items: readonly T[]; readonly resourceVersion: string }, void, undefined> {
    const { labelSelector, fieldSelector, limit = PAGE, metadataOnly = false } = options;
    const subject = subjectOf('list', resource, namespace);
    const { controller, unlink } = linkedController(options.signal ?? new AbortController().signal);
    const ask = (token: string): ComingPage => {
      const query = queryOf({ limit, continue: token, labelSelector, fieldSelector });
      const request: HttpRequest = { ...subject, signal: controller.signal, method: 'GET', path: resourcePath(resource, namespace) + query, ...(metadataOnly && METADATA_ONLY) };
      const answer = this.transport.send(request);
      // It is awaited below, unless the guess was wrong or whoever reads the pages left: then its end is nobody's concern.
      answer.catch(() => undefined);
      return { token, request, answer };
    };
    const askAfter = (page: ComingPage, token: string): ComingPage | undefined => (token === '' || token === page.token ? undefined : ask(token));
    try {
      let coming: ComingPage | undefined = ask('');
      while (coming !== undefined) {
        const page: ComingPage = coming;
        const answer = await page.answer;
        const guessed = askAfter(page, continueAtEnd(answer.text));
        // A request leaves in a turn of its own, not while a page is parsed.
        await nextTurn();
        const list = parseObject<JsonObject>(answer, page.request);
        const metadata = objectIn(list, 'metadata');
        const token = stringIn(metadata, 'continue') ?? '';
        coming = guessed?.token === token ? guessed : askAfter(page, token);
        const items = listIn(list, 'items').filter(isObject).map((item) => typed(item, resource) as unknown as T);
        yield { items, resourceVersion: stringIn(metadata, 'resourceVersion') ?? '' };
      }
    } finally {
      controller.abort();
      unlink();
    }
  }

  async watch(
    resource: Resource,
    namespace: string | undefined,
    options: { readonly resourceVersion: string; readonly timeoutSeconds: number; readonly signal: AbortSignal },
  ): Promise<AsyncIterable<WatchEvent>> {
    const { resourceVersion, timeoutSeconds, signal } = options;
    const query = queryOf({ watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds });
    const path = resourcePath(resource, namespace) + query;
    const request: HttpRequest = { ...subjectOf('watch', resource, namespace), signal, method: 'GET', path };
    return this.events(request, await this.transport.stream(request));
  }

  create<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions): Promise<Written<T>> {
    const { namespace, name } = object.metadata;
    return this.write({
      ...subjectOf('create', resource, namespace, name),
      ...signalOf(options),
      method: 'POST',
      path: resourcePath(resource, namespace) + writeQuery(options),
      body: object,
    });
  }

  patch(
    resource: Resource,
    name: string,
    namespace: string | undefined,
    patch: unknown,
    options: WriteOptions & { readonly subresource?: 'status' } = {},
  ): Promise<Written<AnyObject>> {
    const { subresource } = options;
    // RBAC names the right by both.
    const subject = subresource === undefined ? resource : { ...resource, plural: `${resource.plural}/${subresource}` };
    return this.write({
      ...subjectOf('patch', subject, namespace, name),
      ...signalOf(options),
      method: 'PATCH',
      path: resourcePath(resource, namespace, name, subresource) + writeQuery(options),
      headers: { 'content-type': MERGE_PATCH },
      body: patch,
    });
  }

  apply<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions & { readonly force?: boolean } = {}): Promise<Written<AnyObject>> {
    const { namespace, name } = object.metadata;
    return this.write({
      ...subjectOf('patch', resource, namespace, name),
      ...signalOf(options),
      method: 'PATCH',
      path: resourcePath(resource, namespace, name) + writeQuery(options, { fieldManager: FIELD_MANAGER, force: options.force === true ? true : undefined }),
      headers: { 'content-type': APPLY_PATCH },
      body: object,
    });
  }

  async delete(
    resource: Resource,
    name: string,
    namespace?: string,
    options: WriteOptions & { readonly uid?: string; readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' } = {},
  ): Promise<void> {
    const { uid, propagationPolicy, dryRun } = options;
    await this.transport.send({
      ...subjectOf('delete', resource, namespace, name),
      ...signalOf(options),
      method: 'DELETE',
      path: resourcePath(resource, namespace, name),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(uid === undefined ? {} : { preconditions: { uid } }),
        ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
        ...(dryRun === true ? { dryRun: ['All'] } : {}),
      },
    });
  }

  async podLog(
    pod: string,
    namespace: string,
    options: RequestOptions & { readonly container?: string; readonly tailLines?: number } = {},
  ): Promise<string> {
    const { container, tailLines } = options;
    const answer = await this.transport.send({
      ...subjectOf('get', POD_LOGS, namespace, pod),
      ...signalOf(options),
      method: 'GET',
      path: resourcePath(PODS, namespace, pod, 'log') + queryOf({ container, tailLines }),
      headers: { accept: '*/*' },
    });
    return answer.text;
  }

  async canI(verb: string, resource: Resource, namespace?: string, options?: RequestOptions): Promise<boolean> {
    const { group, plural } = resource;
    const review: JsonObject = await this.json({
      ...subjectOf('create', ACCESS_REVIEWS),
      ...signalOf(options),
      method: 'POST',
      path: resourcePath(ACCESS_REVIEWS),
      body: {
        apiVersion: apiVersionOf(ACCESS_REVIEWS),
        kind: ACCESS_REVIEWS.kind,
        spec: { resourceAttributes: { verb, group, resource: plural, ...(namespace === undefined ? {} : { namespace }) } },
      },
    });
    return objectIn(review, 'status').allowed === true;
  }

  getPath(path: string, options?: RequestOptions): Promise<unknown> {
    return this.json({ verb: 'get', ...signalOf(options), method: 'GET', path });
  }

  private async *events(request: HttpRequest, stream: Readable): AsyncGenerator<WatchEvent, void, undefined> {
    try {
      for await (const line of splitLines(stream as AsyncIterable<Buffer>)) {
        yield readWatchEvent(line, request);
      }
    } catch (error) {
      throw this.transport.translate(request, error);
    } finally {
      stream.destroy();
    }
  }

  private async json<T>(request: HttpRequest): Promise<T> {
    return parseObject<T>(await this.transport.send(request), request);
  }

  private async write<T>(request: HttpRequest): Promise<Written<T>> {
    const answer = await this.transport.send(request);
    return { object: parseObject<T>(answer, request), warnings: warningsOf(answer.headers.warning) };
  }
}

const PODS: Resource = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
/** As RBAC names the right to read a log. */
const POD_LOGS: Resource = { ...PODS, plural: 'pods/log' };
const ACCESS_REVIEWS: Resource = {
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  namespaced: false,
};

function subjectOf(verb: string, resource: Resource, namespace?: string, name?: string): RequestSubject {
  return {
    verb,
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

function signalOf(options: RequestOptions | undefined): RequestOptions {
  return options?.signal === undefined ? {} : { signal: options.signal };
}

function writeQuery(options: WriteOptions = {}, further: Parameters<typeof queryOf>[0] = {}): string {
  return queryOf({
    ...further,
    fieldValidation: options.fieldValidation ?? 'Strict',
    dryRun: options.dryRun === true ? 'All' : undefined,
  });
}

/** Items of a list of built-in kinds come without their kind. */
function typed(item: JsonObject, resource: Resource): JsonObject {
  return item.kind === undefined ? { apiVersion: apiVersionOf(resource), kind: resource.kind, ...item } : item;
}

/** An answer that was cut, or is a proxy's page, is an error of the connection. */
function parseObject<T>({ text }: HttpAnswer, subject: RequestSubject): T {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) {
      return value as T;
    }
  } catch {
    // Said below: what came is not quoted.
  }
  throw new ApiError('The server sent an answer that is not a JSON object.', {
    ...subjectOnly(subject),
    status: 0,
    reason: 'EBADANSWER',
  });
}
