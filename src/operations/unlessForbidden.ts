import { ApiError } from '../kubernetes/api';
import type { Logger } from './ports';

/** What may not be read, or is not served, is not known; a lost connection is the caller's. */
export async function unlessForbidden<T>(logger: Logger, what: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && (error.details.status === 403 || error.details.status === 404)) {
      logger.debug(`${what} could not be read: ${error.message}`);
      return undefined;
    }
    throw error;
  }
}
