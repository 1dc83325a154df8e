'use strict';

/**
 * Does work while a setting names an engine: the one that it names already, or one that is started for the work.
 * @param withEngine starts an engine, hands it to work, and stops it
 */
async function withGiven(setting, withEngine, work) {
  if (process.env[setting] !== undefined) return work();
  return withEngine((engine) => {
    process.env[setting] = engine.address;
    return work();
  });
}

module.exports = { withGiven };
