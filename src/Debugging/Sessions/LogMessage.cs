using RbpfSpec.Debugging.Expressions;
using RbpfSpec.Debugging.Variables;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>Messages that a breakpoint tells instead of stopping: text, with expressions in braces.</summary>
internal static class LogMessage
{
    /// <summary>Why a message makes no sense, and what would be right; null if it does.</summary>
    /// <param name="message">The message.</param>
    /// <param name="state">A state of the program.</param>
    /// <param name="locals">The variables of C where it is told.</param>
    public static string? ProblemOf(string message, State<Word> state, Locals locals)
    {
        foreach (var (text, isExpression, isClosed) in Parts(message))
        {
            if (!isClosed) return $"logMessage: '{{' has no '}}' behind it; expected an expression in braces, such as {{r0}}";

            // A variable may have parts, which are told and are no number.
            if (isExpression && Expression.Variable(text, state, 0, locals) is null && Expression.Problem(text, state, locals) is { } wrong)
                return $"logMessage: {{{text}}} makes no sense: {wrong}";
        }

        return null;
    }

    /// <summary>A message with the values of its expressions.</summary>
    /// <param name="message">The message.</param>
    /// <param name="state">The state to tell them in.</param>
    /// <param name="locals">The variables of C there.</param>
    public static string Filled(string message, State<Word> state, Locals locals) => string.Concat(
        Parts(message).Select(part => part.IsExpression ? ValueText(part.Text, state, locals) : part.Text));

    private static IEnumerable<(string Text, bool IsExpression, bool IsClosed)> Parts(string message)
    {
        for (var at = 0; at < message.Length;)
        {
            var open = message.IndexOf('{', at);
            var close = open < 0 ? -1 : message.IndexOf('}', open);
            if (close < 0)
            {
                yield return (message[at..], false, open < 0);
                yield break;
            }

            yield return (message[at..open], false, true);
            yield return (message[(open + 1)..close], true, true);
            at = close + 1;
        }
    }

    private static string ValueText(string asked, State<Word> state, Locals locals)
    {
        if (Expression.Variable(asked, state, 0, locals) is { } variable) return CText.Of(locals, variable);
        return Expression.Evaluate(asked, state, 0, locals) switch
        {
            Evaluation.Value(var number) => Session.Shown(number),
            Evaluation.Problem(var problem) => $"<{problem}>",
        };
    }
}
