export { pageAssets } from './assets';
export { viewsIn, type Render } from './views';
export { fieldWords, shownLabel, stepTitle, typeTitle } from './wording/field-words';
export { hundredthsInWords, valueInWords } from './wording/values-in-words';
