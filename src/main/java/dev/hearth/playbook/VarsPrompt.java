package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.util.Optional;

/**
 * A variable that the user is asked for.
 *
 * @param at where it is written
 * @param name the variable
 * @param prompt what is asked; the variable's name when nothing else is written
 * @param secret whether typing is hidden ({@code private}, on unless written otherwise)
 * @param defaultValue what is taken when nothing is typed
 * @param confirm whether it has to be typed twice
 * @param encrypt the hash to make of it, such as {@code sha512_crypt}
 * @param saltSize the length of a random salt for the hash
 * @param salt the salt itself
 * @param unsafe whether template delimiters that are typed stay as they are
 */
public record VarsPrompt(
    Location at,
    String name,
    Located prompt,
    boolean secret,
    Optional<Located> defaultValue,
    boolean confirm,
    Optional<Located> encrypt,
    Optional<Located> saltSize,
    Optional<Located> salt,
    boolean unsafe) {}
