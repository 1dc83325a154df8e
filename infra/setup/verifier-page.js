'use strict';

/*
 * `npm run verifier-page -- FILE`: makes the page that verifies bundles in a browser, one file that needs nothing else.
 *
 * Everything that the entry requires is put into one script, each module as a function. There is one entry and a few
 * packages besides our own code, so that is done here and not by a bundler, which would bring a program for each platform.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');
const { ensureBuilt } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { root, stop } = require('./project');

const entry = path.join(root, 'services/notary/dist/page/browser-verifier.js');
const template = path.join(root, 'services/notary/page/verify.html');
const place = '/* verifier */';

/**
 * What no browser has, and nothing that verifies uses: the packages that are entered bring it along for their other
 * halves. Whoever uses it after all is told which it was.
 */
const notInBrowsers = /^@ledger\/(sqlite|postgres)$|^csv-parse\//;
const absent = (name) => `
const absent = () => { throw new Error(${JSON.stringify(`${name} is not in a browser`)}); };
module.exports = new Proxy(absent, { get: (target, member) => (member === 'prototype' ? target.prototype : member === '__esModule' ? true : module.exports) });`;

/** A file as a CommonJS module: ours is one already, some packages are ES modules. */
function commonJsOf(file) {
  const { transformSync } = require('@swc/core');
  if (file.endsWith('.json')) return `module.exports = ${fs.readFileSync(file, 'utf8')};`;
  const code = fs.readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  if (!/^\s*(import|export)\b/m.test(code)) return code;
  return transformSync(code, { module: { type: 'commonjs' }, jsc: { target: 'es2022' } }).code;
}

/** Every module that a file leads to, by its full name, the file itself last. */
function modulesFrom(file, found = new Map()) {
  if (found.has(file)) return found;
  found.set(file, '');
  const required = createRequire(file);
  const code = commonJsOf(file).replace(/\brequire\((["'])([^"']+)\1\)/g, (_call, _quote, name) => {
    if (isBuiltin(name) || notInBrowsers.test(name)) {
      found.set(path.join(root, name), absent(name));
      return `require(${JSON.stringify(name)})`;
    }
    const target = required.resolve(name);
    modulesFrom(target, found);
    return `require(${JSON.stringify(path.relative(root, target).replaceAll('\\', '/'))})`;
  });
  found.set(file, code);
  return found;
}

function scriptOf(file) {
  const modules = [...modulesFrom(file)].map(([name, code]) => {
    const key = JSON.stringify(path.relative(root, name).replaceAll('\\', '/'));
    return `${key}: function (exports, require, module) {\n${code}\n}`;
  });
  const main = JSON.stringify(path.relative(root, file).replaceAll('\\', '/'));
  const script = `(function () {
const modules = {\n${modules.join(',\n')}\n};
const loaded = {};
function require(name) {
  if (loaded[name] === undefined) {
    const module = (loaded[name] = { exports: {} });
    modules[name](module.exports, require, module);
  }
  return loaded[name].exports;
}
require(${main});
})();`;
  // The end of a script within a script would end it.
  return script.replaceAll('</script', '<\\/script');
}

function main() {
  const [file, ...surplus] = process.argv.slice(2);
  if (file === undefined || surplus.length > 0) stop('say where: npm run verifier-page -- verify.html', 2);
  withSetupLock(() => {
    ensureInstalled();
    ensureBuilt();
  });
  const page = fs.readFileSync(template, 'utf8').replace(place, () => scriptOf(entry));
  // npm changes to the folder of package.json; a path that somebody gives means the folder in which npm was called.
  const into = path.resolve(process.env.INIT_CWD ?? '.', file);
  fs.writeFileSync(into, page);
  process.stdout.write(`Written to ${into}: open it in any browser, also without a network.\n`);
}

main();
