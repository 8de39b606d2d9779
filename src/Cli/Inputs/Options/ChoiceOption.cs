using System.CommandLine;
using System.CommandLine.Parsing;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option whose values have names, written in small letters.</summary>
/// <remarks>The library's own takes any number for a value, and names the type in its error message.</remarks>
public sealed class ChoiceOption<T> : Option<T?>
    where T : struct, Enum
{
    private const int LongestList = 40;

    /// <summary>The option without a value where it is not given.</summary>
    public ChoiceOption(string name, string description)
        : base(name)
    {
        // Help has one column for the names of all options: a long list would push every description to the right.
        var choices = string.Join('|', Names);
        Description = choices.Length <= LongestList ? description : $"{description} One of {string.Join(", ", Names)}.";
        HelpName = choices.Length <= LongestList ? choices : name.TrimStart('-').Split('-')[^1];
        CustomParser = result =>
        {
            if (TryParse(result.Tokens[0].Value, out var value)) return value;
            result.AddError($"{name} '{result.Tokens[0].Value}' does not exist; {Suggestions.Instead(result.Tokens[0].Value, Names)}");
            return null;
        };
    }

    /// <summary>The names, with commas.</summary>
    public static string Expected => string.Join(", ", Names);

    /// <summary>Whether a command line gives the option a name that is none; it is told so elsewhere.</summary>
    /// <remarks>For validators of commands: they run before options are parsed, and to ask for the value would throw.</remarks>
    public bool IsWrongIn(CommandResult result) =>
        result.GetResult(this) is { Tokens: [var token, ..] } && !TryParse(token.Value, out _);

    /// <summary>The value of a name.</summary>
    public static bool TryParse(string name, out T value)
    {
        var index = Array.IndexOf(Names, name.ToLowerInvariant());
        value = index < 0 ? default : Enum.GetValues<T>()[index];
        return index >= 0;
    }

    private static string[] Names => Array.ConvertAll(Enum.GetNames<T>(), name => name.ToLowerInvariant());
}
