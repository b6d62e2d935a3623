/** JMESPath, the language of {@code json_query} (https://jmespath.org/specification.html). */
@NullMarked
package dev.hearth.template.query;

import org.jspecify.annotations.NullMarked;
