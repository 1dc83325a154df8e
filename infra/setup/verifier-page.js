'use strict';

/*
 * `npm run verifier-page -- FILE`: makes the page that verifies bundles in a browser, one file that needs nothing else.
 *
 * Everything that the entry requires is put into one script, each module as a function. There is one entry and two small
 * packages besides our own code, so that is done here and not by a bundler, which would bring a program for each platform.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { ensureBuilt } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { root, stop } = require('./project');

const entry = path.join(root, 'packages/seal/dist/page/browser-verifier.js');
const template = path.join(root, 'packages/seal/page/verify.html');
const place = '/* verifier */';

/** A file as a CommonJS module: ours is one already, the packages are ES modules. */
function commonJsOf(file) {
  const { transformSync } = require('@swc/core');
  const code = fs.readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  if (!/^\s*(import|export)\b/m.test(code)) return code;
  return transformSync(code, { module: { type: 'commonjs' }, jsc: { target: 'es2022' } }).code;
}

/** Every module that a file leads to, by its full name, the file itself last. */
function modulesFrom(file, found = new Map()) {
  if (found.has(file)) return found;
  found.set(file, '');
  const required = createRequire(file);
  const code = commonJsOf(file).replace(/\brequire\("([^"]+)"\)/g, (_call, name) => {
    if (name.startsWith('node:')) throw new Error(`${file} needs ${name}, which no browser has.`);
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
