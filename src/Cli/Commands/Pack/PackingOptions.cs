using System.CommandLine;
using System.Globalization;
using RbpfSpec.Images.Packing;

namespace RbpfSpec.Cli.Commands.Pack;

/// <summary>The options of packing and unpacking: whether with a header, and heatshrink's window.</summary>
public sealed class PackingOptions
{
    private readonly Option<bool> plain;
    private readonly Option<string?> window;

    /// <summary>The options.</summary>
    /// <param name="plainDoes">What <c>--plain</c> does.</param>
    public PackingOptions(string plainDoes)
    {
        plain = new("--plain") { Description = plainDoes };
        window = new("--window")
        {
            Description = $"heatshrink's window and lookahead in bits, -w and -l of its own command: "
                + $"{HeatshrinkWindow.Small} unless given, "
                + $"or {HeatshrinkWindow.Large}; with --plain any that heatshrink has.",
            HelpName = "bits,bits",
        };
        window.Validators.Add(result =>
        {
            var given = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (TryParse(given, out _)) return;
            result.AddError($"--window '{given}' is none of heatshrink's; expected 4 to 15 bits, a comma, "
                + $"and at least 3 but fewer bits than before, such as {HeatshrinkWindow.Small}");
        });
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isWindowOfPlainOnly">Whether <c>--window</c> makes sense with <c>--plain</c> only, since files tell their own.</param>
    public void AddTo(Command command, bool isWindowOfPlainOnly)
    {
        command.Options.Add(plain);
        command.Options.Add(window);
        command.Validators.Add(result =>
        {
            if (result.GetValue(plain) || result.GetValue(window) is not { } text || !TryParse(text, out var given)) return;
            if (isWindowOfPlainOnly)
            {
                result.AddError("--window needs --plain: a packed program tells its window itself");
            }
            else if (given != HeatshrinkWindow.Small && given != HeatshrinkWindow.Large)
            {
                result.AddError($"--window {given} needs --plain: a packed program has "
                    + $"{HeatshrinkWindow.Small} or {HeatshrinkWindow.Large}");
            }
        });
    }

    /// <summary>Whether the file is a stream of heatshrink and nothing else.</summary>
    public bool IsPlain(ParseResult parsed) => parsed.GetValue(plain);

    /// <summary>The window.</summary>
    public HeatshrinkWindow Window(ParseResult parsed) =>
        parsed.GetValue(window) is { } text && TryParse(text, out var given) ? given : HeatshrinkWindow.Small;

    private static bool TryParse(string text, out HeatshrinkWindow window)
    {
        window = default;
        if (text.Split(',') is not [var first, var second]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var lookahead)
            || !HeatshrinkWindow.IsValid(bits, lookahead))
        {
            return false;
        }

        window = new(bits, lookahead);
        return true;
    }
}
