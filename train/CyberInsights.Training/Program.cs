return args switch
{
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Makes the data files that the program carries, from the corpora in DIR.
        """
    );
    return 2;
}
