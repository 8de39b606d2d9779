using RbpfSpec.Cli.Commands.Conformance;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli;

/// <summary>The command <c>conformance plugin</c>, read by hand.</summary>
public static class PluginFastPath
{
    /// <summary>Whether a command line is one that this can run.</summary>
    public static bool Matches(string[] args)
    {
        if (args is not ["conformance", "plugin", .. var rest]) return false;
        for (var i = 0; i < rest.Length; i++)
        {
            // Runners that have no options to give have been seen to give an empty one.
            if (rest[i] is "--elf" or "" || (i == 0 && !rest[0].StartsWith('-'))) continue;
            if (rest[i] is "--profile" && i + 1 < rest.Length && Find(rest[i + 1]) is not null) i++;
            else return false;
        }

        return true;
    }

    /// <summary>Runs it, and yields the exit code.</summary>
    public static int Run(string[] args)
    {
        var memory = args.Length > 2 && !args[2].StartsWith('-') ? args[2] : "";
        var at = Array.IndexOf(args, "--profile");
        var profile = at < 0 ? ConformanceCommand.DefaultProfile : Find(args[at + 1]) ?? ConformanceCommand.DefaultProfile;
        return Answer(memory, args.Contains("--elf"), new(profile));
    }

    /// <summary>Answers the request on standard input.</summary>
    public static int Answer(string memory, bool isElf, ConformanceMachine machine)
    {
        var reply = PluginProtocol.Reply(memory, Files.ReadAll(Console.In, FileKind.Program), isElf, machine);
        if (reply.Output != "") Console.Out.WriteLine(reply.Output);
        if (reply.Error != "") Console.Error.WriteLine(reply.Error);
        return reply.ExitCode;
    }

    private static Profile? Find(string name)
    {
        foreach (var profile in Profile.All)
        {
            if (profile.Name == name) return profile;
        }

        return null;
    }
}
