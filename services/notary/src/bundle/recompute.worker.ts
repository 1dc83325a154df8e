import { answering } from './own-process';
import { recomputeHere, type RecomputeStart } from './recompute-apart';

/* The process in which events of a bundle are applied, or its figures counted. */

// Given by recomputeApart.
answering((start) => recomputeHere(start as RecomputeStart));
