/**
 * What every page has in common: language and theme of the reader, layout, assets, errors. Knows no
 * feature.
 */
@NullMarked
package dev.escale.control.web;

import org.jspecify.annotations.NullMarked;
