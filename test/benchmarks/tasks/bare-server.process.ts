import express from 'express';
import { eventDefinitions, isEventType } from '@ledger/events';
import { z } from 'zod';

/*
 * The limit of recording over HTTP: Express and zod with the same request, checked by the same schemas and answered,
 * and nothing else: nobody is signed in, nothing decided, nothing appended.
 */

const RecordRequest = z.strictObject({
  records: z
    .array(
      z.strictObject({
        type: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(5000),
});

const application = express();
application.use(express.json({ limit: '1mb' }));
let recorded = 0;
application.post('/api/records', (request, response) => {
  const { records } = RecordRequest.parse(request.body);
  const types = records.map(({ type, data }) => {
    if (!isEventType(type)) throw new RangeError(`There is no event type ${type}`);
    eventDefinitions[type].data.parse(data);
    return type;
  });
  recorded += types.length;
  response.status(201).json({ recorded, types });
});
const server = application.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  process.stdout.write(`Listening on http://127.0.0.1:${address.port};\n`);
});
process.on('SIGTERM', () => process.exit(0));
