import { readFile } from 'node:fs/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import * as l10n from '@vscode/l10n';
import { closeAgent } from './closeAgent';
import type { ExecCredential } from './execCredential';
import { numberIn, objectIn, stringIn, type JsonObject } from './jsonReading';
import { proxyAgentFor, OWN_WAY, type ProxyChoice } from './proxyAgent';

/** An ID token is not used in its last seconds (ms), as client-go's `expiryDelta`. */
const LEEWAY = 10_000;
const SILENCE = 30_000;
const LARGEST = 1024 * 1024;

/**
 * The ID token of a user with the `oidc` auth provider (`client-go/plugin/pkg/client/auth/oidc`), fetched anew with the
 * refresh token once it has expired or was refused. What is fetched lives in memory: the kubeconfig is never written.
 */
export class OidcToken {
  private idToken: string | undefined;
  private refreshToken: string | undefined;

  constructor(
    private readonly config: JsonObject,
    private readonly proxy: ProxyChoice,
  ) {
    this.idToken = stringIn(config, 'id-token');
    this.refreshToken = stringIn(config, 'refresh-token');
  }

  get canRefresh(): boolean {
    return (this.refreshToken ?? '') !== '' && (stringIn(this.config, 'idp-issuer-url') ?? '') !== '';
  }

  /** The server refused it: it is not used again. */
  drop(): void {
    this.idToken = undefined;
  }

  /** Rejects with a sentence that quotes no token and no answer. */
  async get(now: number): Promise<ExecCredential> {
    if (this.idToken === undefined || now >= expiryOf(this.idToken) - LEEWAY) {
      if (!this.canRefresh) {
        throw new Error(l10n.t('The login of the OpenID provider has expired, and the kubeconfig has no refresh token. Log in again, then refresh.'));
      }
      this.idToken = await this.refresh();
    }
    const expires = expiryOf(this.idToken) - LEEWAY;
    return { token: this.idToken, ...(Number.isFinite(expires) ? { expires } : {}) };
  }

  private async refresh(): Promise<string> {
    const issuer = stringIn(this.config, 'idp-issuer-url') ?? '';
    try {
      const discovery = await this.ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
      const answer = await this.ask(stringIn(discovery, 'token_endpoint') ?? '', {
        grant_type: 'refresh_token',
        refresh_token: this.refreshToken ?? '',
      });
      const token = stringIn(answer, 'id_token');
      if (token === undefined) {
        throw new Error(l10n.t('it gave no ID token'));
      }
      this.refreshToken = stringIn(answer, 'refresh_token') ?? this.refreshToken;
      return token;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(l10n.t('The OpenID provider {0} gave no new login: {1}. Log in again, then refresh.', issuer, why), { cause: error });
    }
  }

  private async ask(url: string, form?: Readonly<Record<string, string>>): Promise<JsonObject> {
    if (!URL.canParse(url) || !/^https?:/.test(url)) {
      throw new Error(l10n.t('its address is not valid'));
    }
    const agent = await proxyAgentFor({ server: url }, this.proxy);
    const ca = await this.authority();
    const { status, body } = await exchange(url, {
      ...(form === undefined ? {} : { method: 'POST' }),
      ...(ca === undefined ? {} : { ca }),
      ...(agent === undefined ? {} : { agent, ...OWN_WAY }),
      headers: form === undefined ? { accept: 'application/json' } : this.formHeaders(),
    }, form && new URLSearchParams(form).toString()).finally(() => agent && closeAgent(agent));
    if (status !== 200) {
      throw new Error(l10n.t('it answered with status {0}', status));
    }
    try {
      return objectIn({ body: JSON.parse(body) as unknown }, 'body');
    } catch {
      throw new Error(l10n.t('its answer is not JSON'));
    }
  }

  private formHeaders(): http.OutgoingHttpHeaders {
    const [id, secret] = [stringIn(this.config, 'client-id') ?? '', stringIn(this.config, 'client-secret') ?? ''].map(encodeURIComponent);
    return {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    };
  }

  private async authority(): Promise<Buffer | undefined> {
    const data = stringIn(this.config, 'idp-certificate-authority-data') ?? '';
    const file = stringIn(this.config, 'idp-certificate-authority') ?? '';
    return data !== '' ? Buffer.from(data, 'base64') : file === '' ? undefined : readFile(file);
  }
}

/** Milliseconds since the epoch; 0 for a token that cannot be read, Infinity for one that lasts. */
function expiryOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const seconds = numberIn(claims, 'exp');
    return seconds === undefined ? Infinity : seconds * 1000;
  } catch {
    return 0;
  }
}

function exchange(url: string, options: https.RequestOptions, form: string | undefined): Promise<{ readonly status: number; readonly body: string }> {
  const { request } = url.startsWith('http:') ? http : https;
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > LARGEST) {
          sent.destroy(new Error(l10n.t('its answer is too large')));
        }
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.setTimeout(SILENCE, () => sent.destroy(new Error(l10n.t('it does not answer'))));
    sent.on('error', reject);
    sent.end(form);
  });
}
