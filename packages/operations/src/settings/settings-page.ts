import { settingOf, settings, type SettingName } from './settings';

const introduction = `# Configuration

Programs take their settings from the environment. One that is set to nothing counts as not set; one that cannot be read
ends the program with its name, what is wrong, and what it takes.

This page is written by \`npm run configuration-page\` from \`packages/operations/src/settings/settings.ts\`, and a test
checks that it is. In _taken by_, _command_ is \`npm run ledger\`; the others are started by \`npm start\` (standalone) and
\`npm run projector\`, \`recording\`, \`reporting\` and \`publisher\`. What is marked secret is never shown in an error or a log.
`;

/** docs/configuration.md, before it is formatted. */
export function settingsPage(): string {
  const rows = Object.keys(settings).map((name) => {
    // The keys of the table are its names.
    const { means, takes, otherwise, programs, secret } = settingOf(name as SettingName);
    return `| \`${name}\`${secret === true ? ' (secret)' : ''} | ${means} | ${takes} | ${otherwise} | ${programs.join(', ')} |`;
  });
  return [
    introduction,
    '| setting | means | takes | where it is not set | taken by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
