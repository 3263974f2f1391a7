import { TargetError, UserError } from '../../core/errors.ts';
import type { Text } from '../../core/finding.ts';
import { EXIT, type Exit } from './exit.ts';

/** Node's own errors: of a package that is not there, of a file that may not be written. */
type SystemError = Error & { readonly code: string; readonly syscall?: string };

const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

/** The package that a light install left out: `npm ci --omit=optional` suffices for checking and planning. */
const missingPackage = (error: unknown): string | undefined =>
  isSystemError(error) && error.code === 'ERR_MODULE_NOT_FOUND'
    ? /Cannot find package '([^']+)'/.exec(error.message)?.[1]
    : undefined;

const UNREACHED: Text = {
  id: 'Tidak ada yang ditulis: server di atas belum dapat dihubungi. Periksa server, sertifikat, dan sandinya, lalu jalankan lagi.',
  en: 'Nothing was written: the servers above are not reached. Check the server, its certificate and the password, then run again.',
};

/**
 * Errors as people need them: their own without a trace, the machine's and a target's with system and operation, ours
 * with the trace.
 */
export function reportError(error: unknown, err: (text: string) => void): Exit {
  if (error instanceof UserError) {
    for (const { file, line, column, code, message } of error.findings)
      err(`${file}:${line}:${column}: ${code}: ${message.id} / ${message.en}`);
    if (error.text.id !== error.message) err(error.text.id);
    err(error.message);
    return EXIT.usage;
  }
  if (error instanceof TargetError) {
    err(error.message);
    return EXIT.target;
  }
  if (error instanceof AggregateError && error.errors.every((one) => one instanceof TargetError)) {
    for (const one of error.errors) err(one.message);
    err(UNREACHED.id);
    err(UNREACHED.en);
    return EXIT.target;
  }
  const name = missingPackage(error);
  if (name !== undefined) {
    err(`Cannot go on without the package '${name}', which a light install leaves out: run 'npm ci' for all of them`);
    return EXIT.usage;
  }
  if (isSystemError(error) && error.syscall !== undefined) {
    err(`Cannot go on, this machine says: ${error.message}`);
    return EXIT.usage;
  }
  err(`This is a bug of Layanan; please report it with what follows\n${(error as Error)?.stack ?? error}`);
  return EXIT.target;
}
