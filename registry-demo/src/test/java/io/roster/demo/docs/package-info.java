/** Holds the examples of the documents to the tests that run them. */
@NullMarked
package io.roster.demo.docs;

import org.jspecify.annotations.NullMarked;
