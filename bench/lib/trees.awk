# Compares what bench/lib/snapshot.sh told of two hosts before and after. Arguments: files named before-a, after-a, before-b and
# after-b; -v allow=FILE gives the rules (KIND | PATTERN | REASON). Prints for each key that either side touched: equal,
# explained or unexplained, the kind, the key, both values, and the reason.
BEGIN {
    FS = "\t"
    while ((getline line < allow) > 0) {
        if (line ~ /^#/ || line !~ /[^ ]/) continue
        if (split(line, field, / *\| */) != 3) {
            print allow ": not KIND | PATTERN | REASON: " line >"/dev/stderr"
            exit 2
        }
        kinds[++rules] = field[1]; patterns[rules] = field[2]; reasons[rules] = field[3]
    }
}
{ key = $1 "\t" $2; side = FILENAME; sub(/.*\//, "", side); value[side, key] = $3; seen[key] = 1 }
END {
    for (key in seen) {
        before_a = value["before-a", key]; after_a = value["after-a", key]
        before_b = value["before-b", key]; after_b = value["after-b", key]
        if (before_a == after_a && before_b == after_b) continue
        split(key, part, "\t")
        state = after_a == after_b ? "equal" : "unexplained"
        reason = ""
        for (r = 1; state == "unexplained" && r <= rules; r++)
            if (part[1] ~ "^(" kinds[r] ")$" && part[2] ~ "^(" patterns[r] ")$") { state = "explained"; reason = reasons[r] }
        printf "%s\t%s\t%s\ta: %s\tb: %s\t%s\n", state, part[1], part[2],
            (after_a == "" ? "-" : after_a), (after_b == "" ? "-" : after_b), reason
    }
}
