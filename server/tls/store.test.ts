import { afterAll, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch, testVault } from "../../test/tls/tls-fixture.ts";
import { openTlsStore, type TlsFile } from "./store.ts";

const { folder, drop } = scratch();
afterAll(drop);

const SECRETS: readonly TlsFile[] = ["ca-key.pem", "leaf.pem", "own.pem"];
const KEY = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n";
let round = 0;
const here = (file = "") => join(folder, String(round), file);
const everything = () => readdirSync(here()).map((name) => readFileSync(here(name), "utf8"));
beforeEach(() => {
	round++;
	mkdirSync(here(), { recursive: true });
});

test("no private key lies in the clear; only this box opens it, under its own name", () => {
	const store = openTlsStore(here(), testVault());
	for (const file of SECRETS) {
		store.write(file, KEY);
		expect(store.read(file)).toBe(KEY);
		expect(openTlsStore(here(), testVault(8)).read(file)).toBe("");
	}
	for (const text of everything()) expect(text).not.toContain("PRIVATE");
	writeFileSync(here("own.sealed"), readFileSync(here("leaf.sealed")));
	expect(store.read("own.pem")).toBe("");
});

test("a plain key of an earlier release is sealed when it is first read, and gone afterwards", () => {
	for (const file of SECRETS) writeFileSync(here(file), KEY);
	for (const file of SECRETS) expect(openTlsStore(here(), testVault()).read(file)).toBe(KEY);
	expect(readdirSync(here()).sort()).toEqual(["ca-key.sealed", "leaf.sealed", "own.sealed"]);
	for (const name of readdirSync(here())) expect(statSync(here(name)).mode & 0o777).toBe(0o600);
	for (const file of SECRETS) expect(openTlsStore(here(), testVault()).read(file)).toBe(KEY);
});

test("a move cut off before the plain file went is finished; another key in its place is left to people", () => {
	const store = openTlsStore(here(), testVault());
	store.write("ca-key.pem", KEY);
	writeFileSync(here("ca-key.pem"), KEY);
	expect(store.read("ca-key.pem")).toBe(KEY);
	expect(existsSync(here("ca-key.pem"))).toBe(false);
	writeFileSync(here("ca-key.pem"), "another");
	expect(store.read("ca-key.pem")).toBe(KEY);
	expect(readFileSync(here("ca-key.pem"), "utf8")).toBe("another");
});

test("what cannot be opened gives way to a plain file; without one it stays as it is", () => {
	const store = openTlsStore(here(), testVault());
	writeFileSync(here("ca-key.sealed"), "rubbish");
	expect(store.read("ca-key.pem")).toBe("");
	expect(readFileSync(here("ca-key.sealed"), "utf8")).toBe("rubbish");
	writeFileSync(here("ca-key.pem"), KEY);
	expect(store.read("ca-key.pem")).toBe(KEY);
	expect(openTlsStore(here(), testVault()).read("ca-key.pem")).toBe(KEY);
});

test("the certificate that devices get is plain, and a removed file is gone in both forms", () => {
	const store = openTlsStore(here(), testVault());
	store.write("ca.pem", "public");
	store.write("own.pem", KEY);
	store.remove("own.pem");
	expect(readdirSync(here())).toEqual(["ca.pem"]);
	expect(store.read("own.pem")).toBeUndefined();
});
