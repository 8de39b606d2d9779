namespace RbpfSpec.Certifying.Tests;

/// <summary>Small formulas, and all that there is to know of them by trying all values.</summary>
internal static class Formulas
{
    /// <summary>A formula of so many clauses of three literals each.</summary>
    public static Clauses Drawn(Dice dice, int variables, int clauses) => new(
        variables,
        [
            .. Enumerable.Range(0, clauses).Select(_ =>
            {
                var (first, second, third) = Three(dice, variables);
                return (int[])[first, second, third];
            }),
        ]);

    /// <summary>Whether some values satisfy it.</summary>
    public static bool HasValues(Clauses formula) => Enumerable.Range(0, 1 << formula.Variables).Any(values => Holds(formula, values));

    private static bool Holds(Clauses formula, int values) => formula.Lists.All(
        clause => clause.Any(literal => (values >> (Math.Abs(literal) - 1) & 1) == (literal > 0 ? 1 : 0)));

    private static (int First, int Second, int Third) Three(Dice dice, int variables)
    {
        while (true)
        {
            var (first, second, third) = (dice.Between(1, variables), dice.Between(1, variables), dice.Between(1, variables));
            if (first != second && second != third && first != third)
                return (first * Sign(dice), second * Sign(dice), third * Sign(dice));
        }
    }

    private static int Sign(Dice dice) => dice.OnceIn(2) ? 1 : -1;
}
