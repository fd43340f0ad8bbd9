/**
 * What the X.509 library wants in place before it loads. Whoever imports that library names `reflect-metadata` first, for Bun runs
 * packages of the old format as it meets them, and this module second, for the bundler runs them after all modules.
 */
import "reflect-metadata";
