/**
 * Loaded ahead of the command line (`NODE_OPTIONS=--import`): its random numbers go to a file of each process in the
 * folder `RANDOM_FOLDER`, `max value` a line, so that the secrets made of them are known.
 */
import crypto from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const { randomInt } = crypto;
const file = join(process.env.RANDOM_FOLDER ?? '', String(process.pid));

Object.assign(crypto, {
  randomInt(...range: [number]): number {
    const value = randomInt(...range);
    appendFileSync(file, `${range.join(' ')} ${value}\n`);
    return value;
  },
});
syncBuiltinESMExports();
