'use strict';

/**
 * Takes a command's own options out of arguments; what is left is for Jest.
 * @param settings options, and the settings of the tests that they stand for
 */
function withoutOptions(given, settings) {
  const left = [];
  for (let at = 0; at < given.length; at++) {
    const setting = settings[given[at]];
    if (setting === undefined) left.push(given[at]);
    else process.env[setting] = given[++at];
  }
  return left;
}

module.exports = { withoutOptions };
