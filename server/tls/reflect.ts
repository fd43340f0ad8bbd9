/** What the X.509 library wants in place before it loads. A module of its own, because the bundler runs packages in the old format after all modules. */
import "reflect-metadata";
