import { MOST_USD } from "../../shared/contract/operator/requests.ts";

/** Reads a whole number that a person typed. Throws an error that names the option. */
export function readWhole(option: string, text: string, least: 0 | 1): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(`${option} must be a whole number from ${least} on: ${text}`);
}

/** Reads an amount in USD that a person typed. Throws an error that names the option. */
export function readUsd(option: string, text: string): number {
  const amount = Number(text);
  if (/^\d+(\.\d{1,2})?$/.test(text) && amount <= MOST_USD) return amount;
  throw new Error(`${option} must be an amount in USD, such as 40 or 2.50: ${text}`);
}
