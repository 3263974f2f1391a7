import type { Impossible } from '../cases/possible.ts';

const UNSIGNED = 'a directory authenticates the connection, no message is signed';
const SERIAL = "the serial is the DNS servers' affair, each has its own";

const SINGLE = 'a message over several names is not atomic there, so each change has its own';

/** Cases of the contract that have no meaning for zones in a directory. */
export const IMPOSSIBLE: Impossible = {
  'REFUSED for a type that the key may not write, and nothing is done':
    'rights are for objects, not for types of records',
  'BADSIG for a wrong secret; the answer is unsigned, so nothing is concluded from it': UNSIGNED,
  'BADKEY for %s': UNSIGNED,
  'BADTIME for a clock that is %i s off, reported as a clock': UNSIGNED,
  'accepts $algorithm': UNSIGNED,
  'never shows a secret in an error': UNSIGNED,
  'a change of the TTL is one for the serial, the same again is none': SERIAL,
  'each message that changes something counts the serial up by one': SERIAL,
  'answers from a wildcard, at names that do not exist only': 'objects are read, no question is answered',
  'keeps labels with dots, backslashes and octets apart from their look-alikes':
    'a name is one text there, in which every dot separates labels; such names are refused',
  'changes of one zone and one unit are one message, one write that names them all': SINGLE,
  'more changes than a message may hold are several messages': SINGLE,
};
