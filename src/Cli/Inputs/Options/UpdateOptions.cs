using System.CommandLine;
using RbpfSpec.Host.Updates;
using RbpfSpec.Updates;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>The options that say which updates a device takes.</summary>
public sealed class UpdateOptions
{
    private readonly TextsOption trust = new(
        "--trust", "file", "A file with the public key of an author, whose signed updates are taken; may be given again.");

    private readonly SwitchOption isUnsigned = new(
        "--unsigned", "Takes every program that passes the preflight check, from anyone; without it and --trust no update is taken.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(trust);
        command.Options.Add(isUnsigned);
    }

    /// <summary>The updates that the device takes.</summary>
    /// <exception cref="UsageException">A file holds no public key, or both options are given.</exception>
    public UpdatePolicy Of(ParseResult parsed) =>
        KeyFiles.Policy(parsed.GetValue(trust) ?? [], parsed.GetValue(isUnsigned), out var problem) ?? throw new UsageException(problem);

    /// <summary>One line for whoever starts the device.</summary>
    public static string Line(UpdatePolicy policy) => policy switch
    {
        UpdatePolicy.Refuse => "takes no updates: neither --trust nor --unsigned is given",
        UpdatePolicy.Unsigned => "takes updates from anyone: --unsigned",
        UpdatePolicy.Signed => "takes updates that are signed by a trusted key",
    };
}
