'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { createHash } = require('node:crypto');
const { root, runTask, say, stop } = require('./project');

const stamp = path.join(root, 'node_modules/.cache/ledger/built');
const workspaces = ['packages', 'services'];
const broken = 'the build failed; what the compiler said stands above.';
const rootFiles = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.json'];

/** Builds what is not built yet. Where nothing has changed this only lists the sources: some tens of milliseconds. */
function ensureBuilt() {
  const projects = listProjects();
  const sources = fingerprint(projects);
  if (readStamp() === sources && projects.every(isBuilt)) return;
  say('building; the first time takes up to a minute.');
  const status = runTask('build');
  if (status !== 0) stop(broken, status);
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, sources);
}

/** Builds everything, the tests themselves too: parts of them are processes of their own. */
function buildForTests() {
  if (runTask('build') !== 0) stop(broken);
}

function listProjects() {
  return workspaces
    .flatMap((folder) => list(path.join(root, folder)).map((entry) => path.join(root, folder, entry.name)))
    .filter((project) => fs.existsSync(path.join(project, 'tsconfig.json')));
}

function isBuilt(project) {
  return fs.existsSync(path.join(project, 'dist/.tsbuildinfo'));
}

/**
 * Names, sizes and times of every file that the programs are built from. Times may change where contents do not (a
 * branch checked out and back): then Turborepo finds the result in its cache.
 */
function fingerprint(projects) {
  const hash = createHash('sha256').update(process.platform);
  for (const file of rootFiles) addFile(hash, path.join(root, file));
  for (const project of projects) {
    addFile(hash, path.join(project, 'package.json'));
    addFile(hash, path.join(project, 'tsconfig.json'));
    addFolder(hash, path.join(project, 'src'));
  }
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  for (const entry of list(folder)) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, full);
    else addFile(hash, full);
  }
}

function addFile(hash, file) {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  hash.update(`${file}\0${found?.size}\0${found?.mtimeMs}\n`);
}

function list(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readStamp() {
  try {
    return fs.readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

module.exports = { buildForTests, ensureBuilt };
