import { csvOf } from './csv';

test('text that a spreadsheet would run as a formula is plain text; numbers stay numbers', () => {
  const cells = ['=SUM(A1)', '+44', '-x', '@cmd', '\tx', -5, 12.5, 'plain', 'a,b', 'say "x"', null, true];
  const [, row] = csvOf(['a'], [cells]).split('\r\n');
  expect(row).toBe(`'=SUM(A1),'+44,'-x,'@cmd,'\tx,-5,12.5,plain,"a,b","say ""x""",,true`);
});
