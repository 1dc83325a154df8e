export {
  cellText,
  columnLetters,
  columnOf,
  heldCells,
  type CellValue,
  type MergedCells,
  type Sheet,
  type SheetRow,
  type Workbook,
} from './cells';
export { readWorkbook } from './read-workbook';
export { serialDay } from './serial-date';
export { mostColumns, UnreadableWorkbookError, usualLimits, type ReadingLimits } from './unreadable';
export { writeXlsx, type WrittenColumn, type WrittenSheet } from './xlsx/write-xlsx';
