'use strict';

/*
 * `node infra/image/healthy.js PORT`: whether the program of this container is ready, for its health check. Exit code 0
 * where it is; else 1, and what it says of itself.
 */

const port = process.argv[2];

fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4000) }).then(
  async (response) => {
    process.stdout.write(`${await response.text()}\n`);
    process.exitCode = response.ok ? 0 : 1;
  },
  (error) => {
    process.stdout.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
